# SPDX-License-Identifier: EUPL-1.2
# config/carved.yaml, whose comments say what each setting is, as carved.yaml(5).
function escape(text) { gsub(/\. /, ".\n", text); gsub(/\\/, "\\e", text); sub(/^[.']/, "\\\\\\&&", text); return text }
BEGIN {
	print ".\\\" SPDX-License-Identifier: EUPL-1.2\n.\\\" Made from config/carved.yaml.\n.Dd November 23, 2026\n.Dt CARVED.YAML 5\n.Os carved"
	print ".Sh NAME\n.Nm carved.yaml\n.Nd settings of carved\n.Sh DESCRIPTION"
	print "A YAML file of sections, each with settings.\nA setting that is left out has its default, which stands behind its name below; an unknown one is an error."
	print ".Ql carved --config FILE --check-config\ntells all that is wrong with a file.\n.Pp\nThe sections and their settings are:"
}
/^#/ { if (!begun && NR > 3) print escape(substr($0, 3)); else if (begun) about = about (about ? "\n" : "") escape(substr($0, 3)); next }
/^[a-z]/ {
	if (begun) print ".El"
	begun = 1
	sub(/:.*/, "")
	print ".Ss " $0
	if (about) print about
	about = ""
	print ".Bl -tag -width Ds"
	next
}
/^  / {
	line = $0
	sub(/^  (# )?/, "", line)
	name = line; sub(/:.*/, "", name)
	value = line; sub(/^[^:]*: */, "", value); sub(/ *#.*/, "", value)
	comment = ""
	if (line ~ /#/) { comment = line; sub(/^[^#]*# */, "", comment) }
	print ".It Cm " name " Pq " ($0 ~ /^  # / ? "not set; such as " : "") escape(value)
	if (comment) print escape(comment)
}
END { print ".El\n.Sh SEE ALSO\n.Xr carve 1 ,\n.Xr carved 8" }
