// SPDX-License-Identifier: EUPL-1.2
// The process as the kernel sees it. /proc is memory: none of this waits for a disk.
#include "metrics.h"
#include <dirent.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>
#include <uv.h>

static double count_open_fds(void)
{
	DIR *folder = opendir("/proc/self/fd");
	double count = 0;
	if (!folder)
		return 0;
	while (readdir(folder))
		count++;
	closedir(folder);
	return count - 3; // ".", ".." and the folder itself
}

static double virtual_bytes(void)
{
	unsigned long pages = 0;
	FILE *file = fopen("/proc/self/statm", "re");
	if (file && fscanf(file, "%lu", &pages) != 1)
		pages = 0;
	if (file)
		fclose(file);
	return (double)pages * (double)sysconf(_SC_PAGESIZE);
}

struct carved_metric_process carved_metrics_look_at_process(void)
{
	size_t resident = 0;
	struct rusage usage = {0};
	struct rlimit files = {0};
	uv_resident_set_memory(&resident);
	getrusage(RUSAGE_SELF, &usage);
	getrlimit(RLIMIT_NOFILE, &files);
	return (struct carved_metric_process){.resident_bytes = (double)resident,
		.virtual_bytes = virtual_bytes(),
		.cpu_seconds = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
			       (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6,
		.open_fds = count_open_fds(),
		.max_fds = (double)files.rlim_cur};
}
