# SPDX-License-Identifier: EUPL-1.2
# Completion of carve for bash; the lists above this line come from carve's own tables. Refs and plans are asked of the daemon, for a second at most, in silence.

_carve_ask() { # MEMBER CARVE-ARGUMENT...
	local member=$1
	shift
	timeout 1 "${COMP_WORDS[0]}" "${_carve_where[@]}" "$@" --json 2>/dev/null </dev/null | grep -o "\"$member\":\"[^\"]*\"" | cut -d'"' -f4
}

_carve_refs() { # KIND... : their refs
	local kind
	for kind in "$@"; do
		case $kind in
		plan | plans) _carve_ask id plans ;;
		candidate | candidates | site | sites | coach | coaches | vocabulary | vocabularies) _carve_ask ref list "$kind" ;;
		esac
	done
}

_carve() {
	local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command='' word i words=''
	local -a _carve_where=() operands=()
	for ((i = 1; i < COMP_CWORD; i++)); do
		word=${COMP_WORDS[i]}
		case $word in
		--socket | --host) _carve_where=("$word" "${COMP_WORDS[i + 1]}") ;;
		esac
		if [[ " $(_carve_valued "$command") " == *" $word "* ]]; then
			((i++)) # its value is no operand
		elif [[ $word != -* && -z $command ]]; then
			command=$word
		elif [[ $word != -* ]]; then
			operands+=("$word")
		fi
	done
	COMPREPLY=()
	if [[ " $(_carve_valued "$command") " == *" $previous "* ]]; then
		case $previous in
		--lang) words='en nl' ;;
		--for) words='coach employer candidate' ;;
		--plan) words=$(_carve_refs plan) ;;
		--site) words=$(_carve_refs sites) ;;
		--from) words="last none $(_carve_refs plan)" ;;
		--host) words='ssh://' ;;
		--socket | --file | --output) mapfile -t COMPREPLY < <(compgen -f -- "$current") ;;
		esac
	elif [[ $current == -* ]]; then
		words=$(_carve_options "$command")
	else
		case $command in
		'') words=$_carve_commands ;;
		put | import) mapfile -t COMPREPLY < <(compgen -f -- "$current") ;;
		diff) words=$(_carve_refs plan) ;;
		list) words='candidates sites coaches vocabularies plans' ;;
		explain) words='candidate site coach vocabulary' ;;
		why-not)
			case ${#operands[@]} in
			0) words=$(_carve_refs candidates) ;;
			1) words=$(_carve_refs sites) ;;
			esac
			;;
		get | delete | show | why | report | best)
			case ${#operands[@]} in
			0)
				words='candidate site coach vocabulary plan proposal '
				case $command in
				get | delete) words+=$(_carve_refs candidates sites coaches vocabularies) ;;
				show) words+=$(_carve_refs plans candidates) ;;
				why) words="candidate proposal $(_carve_refs candidates)" ;;
				report) words="candidate proposal site plan $(_carve_refs candidates sites plans)" ;;
				best) words="candidate site $(_carve_refs candidates sites)" ;;
				esac
				;;
			1) words=$(_carve_refs "${operands[0]}") ;;
			esac
			;;
		esac
	fi
	[[ -z $words ]] || mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}
complete -o filenames -o bashdefault -F _carve carve
