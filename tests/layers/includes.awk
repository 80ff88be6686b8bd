# SPDX-License-Identifier: EUPL-1.2
# Reads C files and says each include and each call that the layer graph does not allow. Runs under mawk (Debian's awk).
#
#   awk -f includes.awk -v layers=FILE -v root=DIR FILE...     FILE: as carved_write_layers() writes it, name|folder|uses|rooms a line
#
# One line per violation: "file:line: what". A third-party header has one room: one layer (kept by `rooms`), and where `single` says so one file.

BEGIN {
	while ((getline line < layers) > 0) {
		if (split(line, field, "|") < 3)
			continue
		folder_of[field[1]] = field[2]
		layer_at[field[2]] = field[1]
		uses[field[1]] = "," field[3] ","
		rooms[field[1]] = "," field[4] ","
	}
	close(layers)
	room["glpk.h"] = "glpk"
	room["jansson.h"] = "PkgConfig::jansson"
	room["yaml.h"] = "PkgConfig::yaml"
	room["sqlite3.h"] = "PkgConfig::sqlite3"
	room["llhttp.h"] = "llhttp"
	room["seccomp.h"] = "PkgConfig::seccomp"
	room["uv.h"] = "PkgConfig::uv"
	room["systemd/sd-daemon.h"] = room["systemd/sd-journal.h"] = "PkgConfig::systemd"
	room["curl/curl.h"] = "PkgConfig::curl"
	room["libsmartcols.h"] = room["libsmartcols/libsmartcols.h"] = "PkgConfig::smartcols"
	single["glpk.h"] = single["jansson.h"] = single["yaml.h"] = single["llhttp.h"] = single["curl/curl.h"] = single["seccomp.h"] = 1
}

FNR == 1 {
	file = substr(FILENAME, length(root) + 2)
	in_comment = 0
	folder = file
	sub(/\/[^\/]*$/, "", folder)
	is_test = file ~ /^tests\//
	is_public = file ~ /^include\/carved\//
	own = layer_of_file()
	if (own == "" && !is_test)
		say("no layer of layers.txt has this folder: name it with carved_layer() or carved_program()")
}

{
	code = without_comments($0)
}

code ~ /^[ \t]*#[ \t]*include/ {
	check_include(code)
}

file ~ /^lib\// && code !~ /^[ \t]*#/ && code ~ /(^|[^A-Za-z0-9_.>])(time|clock|clock_gettime|gettimeofday|timespec_get|ftime)[ \t]*\(/ {
	say("lib/ knows no clock: take `now` as an argument")
}

function say(what)
{
	print file ":" FNR ": " what
}

# The layer that a file belongs to: of the folder itself, else of the nearest one above.
function layer_of_file(   at)
{
	if (is_public) {
		at = file
		sub(/^include\/carved\//, "", at)
		sub(/\/.*$/, "", at)
		return (at in folder_of) ? at : ""
	}
	at = folder
	while (at != "") {
		if (at in layer_at)
			return layer_at[at]
		if (!sub(/\/[^\/]*$/, "", at))
			break
	}
	return ""
}

# The line without comments; the texts of literals stay.
function without_comments(line,   out, end)
{
	out = ""
	while (line != "") {
		if (in_comment) {
			end = index(line, "*/")
			if (!end)
				return out
			line = substr(line, end + 2)
			in_comment = 0
		} else if (match(line, /\/\*|\/\//)) {
			out = out substr(line, 1, RSTART - 1)
			if (substr(line, RSTART, 2) == "//")
				return out
			line = substr(line, RSTART + 2)
			in_comment = 1
		} else {
			return out line
		}
	}
	return out
}

function check_include(line,   header, quoted, target)
{
	if (!match(line, /[<"][^>"]*[>"]/))
		return
	quoted = substr(line, RSTART, 1) == "\""
	header = substr(line, RSTART + 1, RLENGTH - 2)
	if (header in room) {
		check_room(header)
		return
	}
	if (header ~ /(^|\/)\.\.(\/|$)/) {
		say("\"" header "\" leaves its folder: include it by its layer's name")
		return
	}
	target = layer_of_header(header, quoted)
	if (target == "" || target == own || is_test)
		return
	if (!(target in folder_of))
		say("\"" header "\" belongs to no layer")
	else if (index(uses[own], "," target ",") == 0)
		say("layer " own " may not include \"" header "\": " target " is not in its USES")
}

# "carved/base/error.h" -> base; "store/store.h" -> store where daemon/store is a layer's folder; "" for what is not ours or of the same folder.
function layer_of_header(header, quoted,   part)
{
	if (split(header, part, "/") < 2)
		return ""
	if (part[1] == "carved")
		return part[2]
	if (quoted && ("daemon/" part[1]) in layer_at)
		return layer_at["daemon/" part[1]]
	return ""
}

# Tests may look at a library from outside (an SQLite file, say); the product may not.
function check_room(header)
{
	if (is_test)
		return
	if (header == "uv.h" && file ~ /^(lib|include|client)\//)
		say("uv.h: no loop in the pure core and the client")
	else if (is_public)
		say(header ": a public header names no third-party header")
	else if (own != "" && index(rooms[own], "," room[header] ",") == 0)
		say(header ": layer " own " is not its room")
	else if (header != "uv.h")
		check_one_room(header)
}

function check_one_room(header)
{
	if (header in room_folder && room_folder[header] != folder)
		say(header ": a second room, after " room_file[header])
	else if ((header in single) && (header in room_file) && room_file[header] != file)
		say(header ": a second file, after " room_file[header])
	if (!(header in room_file)) {
		room_file[header] = file
		room_folder[header] = folder
	}
}
