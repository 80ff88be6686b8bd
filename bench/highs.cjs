// SPDX-License-Identifier: EUPL-1.2
// Minimises an LP file with HiGHS (npm `highs`) and its own settings: node bench/highs.cjs NODE_MODULES PROGRAM.lp SECONDS wall|processor
// Prints a line "PROGRESS objective bound" for each step that HiGHS tells of, then "END status objective bound placed"; "-": none.
const fs = require("fs");
const [modules, path, seconds, clock] = process.argv.slice(2);

const figure = (value) => (Number.isFinite(value) ? value.toFixed(3) : "-");

// Packages in a solution: its columns s... and w... that are 1.
function countPlaced(model) {
	return model.getSolution().colValue.reduce((sum, value, column) =>
		sum + (value > 0.5 && /^[sw]/.test(model.getColName(column)) ? 1 : 0), 0);
}

require(modules + "/highs")().then((highs) => {
	const { mipImprovingSolution, mipLogging, mipInterrupt, simplexInterrupt } = highs.constants.callbackType;
	const tell = (event) => console.log("PROGRESS", figure(event.data.mip_primal_bound), figure(event.data.mip_dual_bound));
	const model = highs.createModel({ format: "lp", data: fs.readFileSync(path, "utf8") });
	const byProcessor = clock === "processor"; // HiGHS itself knows the other clock only
	const usedUp = () => (process.cpuUsage().user + process.cpuUsage().system) / 1e6 > Number(seconds);
	const stop = (event) => byProcessor && usedUp() ? event.interrupt() : undefined;
	model.options.set({ time_limit: Number(seconds) * (byProcessor ? 100 : 1), output_flag: false });
	model.run({ [mipImprovingSolution]: tell, [mipLogging]: tell, [mipInterrupt]: stop, [simplexInterrupt]: stop });
	const status = Object.entries(highs.constants.modelStatus).find(([, number]) => number === model.getModelStatus());
	const found = model.info.get("primal_solution_status") === 2;
	console.log("END", status ? status[0] : "unknown", found ? figure(model.getObjectiveValue()) : "-",
		figure(model.info.get("mip_dual_bound")), found ? countPlaced(model) : "-");
	model.dispose();
});
