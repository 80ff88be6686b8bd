# SPDX-License-Identifier: EUPL-1.2
"""Every figure equals the API's JSON, on the pages of five hundred proposals of medium."""
import unittest

import pages
import test_figures
from pages import harness


class Medium(test_figures.Figures):
    def test_on_the_pages_of_five_hundred_proposals_every_figure_is_that_of_the_json(self):
        with harness.Daemon() as daemon:
            pages.load_region(daemon, "medium")
            proposals = [p for seed in (1, 2, 3) for p in pages.plan(daemon, date="2026-11-22", seed=seed)["proposals"]]
            self.assertGreaterEqual(len(proposals), 500)
            self.expect_all(daemon, proposals, at_most=500)


if __name__ == "__main__":
    unittest.main(verbosity=2)
