// SPDX-License-Identifier: EUPL-1.2
// carved-load: many clients on one Unix socket, each asking again as soon as it is answered. Prints requests a second and how long they took. bench/load.py runs it.
//
//   carved-load --socket=PATH --seconds=N --readers=N --path=/v1/candidates/K-0001 [--writers=N --documents=FILE]
//
// Readers GET the path. Each writer PUTs a document of its own: lines of the file, two a writer, taken in turn, so that every PUT changes something and has to
// reach the disk. A line is PATH, a tab, the JSON document. One client is one connection with one request under way; latency is from the first byte sent to the
// last one received. One thread: what it uses of a processor is printed too, since the daemon can't have it where processors are few.
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/resource.h>
#include <uv.h>

enum { ANSWER_MAX = 1 << 16 };

struct latencies { // of one kind of client, in microseconds
	uint32_t *items;
	size_t count, capacity;
	size_t refused; // answers that were not 2xx; their latency does not count
};

struct load;

struct client {
	struct load *load;
	struct latencies *latencies;
	char *requests[2]; // whole HTTP messages
	size_t lengths[2];
	unsigned next;
	uint64_t sent_at;
	char answer[ANSWER_MAX];
	size_t received;
	uv_pipe_t pipe;
	uv_connect_t connecting;
	uv_write_t writing;
};

struct load {
	uv_loop_t loop;
	uv_timer_t timer;
	const char *socket, *path, *documents;
	unsigned readers, writers, seconds;
	struct client *clients;
	struct latencies reads, writes;
	uint64_t began, ended; // nanoseconds
	bool over;
};

_Noreturn static void fail(const char *what, const char *why)
{
	fprintf(stderr, "carved-load: %s: %s\n", what, why);
	exit(1);
}

static void *allocate(size_t size)
{
	void *memory = calloc(1, size);
	if (!memory)
		fail("memory", strerror(ENOMEM));
	return memory;
}

static void note_latency(struct latencies *latencies, uint64_t nanoseconds)
{
	if (latencies->count == latencies->capacity) {
		latencies->capacity = latencies->capacity ? 2 * latencies->capacity : 1 << 16;
		latencies->items = realloc(latencies->items, latencies->capacity * sizeof *latencies->items);
		if (!latencies->items)
			fail("memory", strerror(ENOMEM));
	}
	latencies->items[latencies->count++] = (uint32_t)(nanoseconds / 1000);
}

// ---- one client

static void send_request(struct client *client);

// Where the answer is whole its length, else 0. The daemon always says Content-Length, but for 204.
static size_t whole_answer(const struct client *client, int *ret_status)
{
	const char *end = memmem(client->answer, client->received, "\r\n\r\n", 4);
	if (!end)
		return 0;
	size_t head = (size_t)(end - client->answer) + 4, body = 0;
	*ret_status = atoi(client->answer + strlen("HTTP/1.1 "));
	for (const char *line = client->answer; line < end;
		line = (const char *)memmem(line, (size_t)(end - line) + 2, "\r\n", 2) + 2) {
		if (strncasecmp(line, "content-length:", 15) == 0)
			body = strtoul(line + 15, NULL, 10);
	}
	if (head + body > ANSWER_MAX)
		fail("an answer", "larger than expected");
	return client->received >= head + body ? head + body : 0;
}

static void on_allocate(uv_handle_t *handle, size_t suggested, uv_buf_t *ret_buffer)
{
	(void)suggested;
	struct client *client = handle->data;
	*ret_buffer = uv_buf_init(client->answer + client->received, (unsigned)(ANSWER_MAX - client->received));
}

static void on_read(uv_stream_t *stream, ssize_t length, const uv_buf_t *buffer)
{
	(void)buffer;
	struct client *client = stream->data;
	int status;
	if (client->load->over)
		return;
	if (length < 0)
		fail("connection", uv_strerror((int)length));
	client->received += (size_t)length;
	if (whole_answer(client, &status) == 0)
		return;
	if (status >= 200 && status < 300)
		note_latency(client->latencies, uv_hrtime() - client->sent_at);
	else if (client->latencies->refused++ == 0)
		fprintf(stderr, "carved-load: the first answer that is not 2xx: %.*s\n", (int)client->received, client->answer);
	send_request(client);
}

static void on_written(uv_write_t *request, int status)
{
	struct client *client = request->data;
	if (status < 0 && !client->load->over)
		fail("connection", uv_strerror(status));
}

static void send_request(struct client *client)
{
	uv_buf_t buffer = uv_buf_init(client->requests[client->next], (unsigned)client->lengths[client->next]);
	client->next = !client->next;
	client->received = 0;
	client->sent_at = uv_hrtime();
	client->writing.data = client;
	uv_write(&client->writing, (uv_stream_t *)&client->pipe, &buffer, 1, on_written);
}

static void on_connected(uv_connect_t *request, int status)
{
	struct client *client = request->data;
	if (status < 0)
		fail(client->load->socket, uv_strerror(status));
	uv_read_start((uv_stream_t *)&client->pipe, on_allocate, on_read);
	send_request(client);
}

static void start_client(struct load *load, struct client *client)
{
	client->load = load;
	uv_pipe_init(&load->loop, &client->pipe, 0);
	client->pipe.data = client;
	client->connecting.data = client;
	uv_pipe_connect(&client->connecting, &client->pipe, load->socket, on_connected);
}

// ---- what they ask

static void set_request(struct client *client, unsigned index, const char *method, const char *path, const char *body)
{
	size_t room = strlen(path) + strlen(body) + 256;
	client->requests[index] = allocate(room);
	int length = body[0] ? snprintf(client->requests[index], room,
				       "%s %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
				       "%zu\r\n\r\n%s",
				       method, path, strlen(body), body)
			     : snprintf(client->requests[index], room, "%s %s HTTP/1.1\r\nHost: localhost\r\n\r\n", method, path);
	client->lengths[index] = (size_t)length;
}

static void read_documents(struct load *load)
{
	FILE *file = fopen(load->documents, "r");
	char *line = NULL;
	size_t room = 0;
	if (!file)
		fail(load->documents, strerror(errno));
	for (unsigned i = 0; i < 2 * load->writers; i++) {
		ssize_t length = getline(&line, &room, file);
		char *tab = length > 0 ? strchr(line, '\t') : NULL;
		if (!tab)
			fail(load->documents, "too few lines of PATH, tab, document");
		*tab = line[length - 1] = '\0';
		set_request(&load->clients[load->readers + i / 2], i % 2, "PUT", line, tab + 1);
	}
	free(line);
	fclose(file);
}

static void make_clients(struct load *load)
{
	load->clients = allocate((load->readers + load->writers) * sizeof *load->clients);
	for (unsigned i = 0; i < load->readers; i++) {
		load->clients[i].latencies = &load->reads;
		set_request(&load->clients[i], 0, "GET", load->path, "");
		set_request(&load->clients[i], 1, "GET", load->path, "");
	}
	for (unsigned i = load->readers; i < load->readers + load->writers; i++)
		load->clients[i].latencies = &load->writes;
	if (load->writers > 0)
		read_documents(load);
}

// ---- figures

static int compare(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

static double percentile_ms(const struct latencies *latencies, unsigned per_mille)
{
	size_t at = (latencies->count * per_mille + 999) / 1000;
	return latencies->items[at ? at - 1 : 0] / 1000.0;
}

static void print_figures(const struct load *load, const char *name, const struct latencies *latencies, bool last)
{
	double seconds = (double)(load->ended - load->began) / 1e9;
	printf("\"%s\":{\"requests\":%zu,\"refused\":%zu,\"perSecond\":%.1f", name, latencies->count, latencies->refused,
		(double)latencies->count / seconds);
	if (latencies->count > 0) {
		qsort(latencies->items, latencies->count, sizeof *latencies->items, compare);
		printf(",\"p50\":%.3f,\"p90\":%.3f,\"p99\":%.3f,\"max\":%.3f", percentile_ms(latencies, 500),
			percentile_ms(latencies, 900), percentile_ms(latencies, 990), percentile_ms(latencies, 1000));
	}
	printf("}%s", last ? "" : ",");
}

static double processor_seconds(void)
{
	struct rusage usage;
	getrusage(RUSAGE_SELF, &usage);
	return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
	       (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

// ---- from beginning to end

static void on_over(uv_timer_t *timer)
{
	struct load *load = timer->data;
	load->over = true;
	load->ended = uv_hrtime();
	uv_stop(&load->loop);
}

static unsigned number(const char *text)
{
	char *end;
	unsigned long value = strtoul(text, &end, 10);
	if (!*text || *end || value > 100000)
		fail(text, "not a number from 0 to 100000");
	return (unsigned)value;
}

static void read_arguments(struct load *load, int count, char **arguments)
{
	for (int i = 1; i < count; i++) {
		char *value = strchr(arguments[i], '=');
		size_t length = value ? (size_t)(value++ - arguments[i]) : 0;
#define IS(name) (length == strlen(name) && strncmp(arguments[i], name, length) == 0)
		if (IS("--socket"))
			load->socket = value;
		else if (IS("--path"))
			load->path = value;
		else if (IS("--documents"))
			load->documents = value;
		else if (IS("--readers"))
			load->readers = number(value);
		else if (IS("--writers"))
			load->writers = number(value);
		else if (IS("--seconds"))
			load->seconds = number(value);
		else
			fail(arguments[i], "not an option");
#undef IS
	}
	if (!load->socket || load->seconds == 0 || (load->readers > 0 && !load->path) || (load->writers > 0 && !load->documents))
		fail("usage", "carved-load --socket=PATH --seconds=N --readers=N --path=PATH [--writers=N --documents=FILE]");
}

int main(int count, char **arguments)
{
	static struct load load;
	read_arguments(&load, count, arguments);
	uv_loop_init(&load.loop);
	make_clients(&load);
	for (unsigned i = 0; i < load.readers + load.writers; i++)
		start_client(&load, &load.clients[i]);
	uv_timer_init(&load.loop, &load.timer);
	load.timer.data = &load;
	uv_timer_start(&load.timer, on_over, load.seconds * 1000u, 0);
	load.began = uv_hrtime();
	uv_run(&load.loop, UV_RUN_DEFAULT);
	printf("{\"seconds\":%.3f,\"processorSeconds\":%.2f,", (double)(load.ended - load.began) / 1e9, processor_seconds());
	print_figures(&load, "reads", &load.reads, false);
	print_figures(&load, "writes", &load.writes, true);
	printf("}\n");
	return load.reads.refused + load.writes.refused > 0; // the process ends here: connections and memory go with it
}
