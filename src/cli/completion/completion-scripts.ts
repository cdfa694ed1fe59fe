/**
 * One script per shell. Each only asks `hopwise __complete WORDS…` what may stand where the cursor
 * is; `:files` in the answer means that the shell's own file completion should go on.
 */
export const completionScripts = {
  bash: `# hopwise completion for bash: source <(hopwise completion bash)
_hopwise() {
  local IFS=$'\\n' line
  COMPREPLY=()
  while read -r line; do
    if [ "$line" = ':files' ]; then
      compopt -o default 2>/dev/null
    else
      COMPREPLY+=("$line")
    fi
  done < <("\${COMP_WORDS[0]}" __complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _hopwise hopwise
`,
  zsh: `#compdef hopwise
# hopwise completion for zsh: source <(hopwise completion zsh)
_hopwise() {
  local -a found
  local line
  while IFS= read -r line; do
    if [[ "$line" == ':files' ]]; then
      _files
    else
      found+=("$line")
    fi
  done < <("\${words[1]}" __complete "\${(@)words[2,CURRENT]}" 2>/dev/null)
  (( \${#found} )) && compadd -- "\${found[@]}"
}
if [ "\${funcstack[1]}" = '_hopwise' ]; then _hopwise "$@"; else compdef _hopwise hopwise; fi
`,
  fish: `# hopwise completion for fish: hopwise completion fish | source
function __hopwise_complete
  set -l words (commandline -opc) (commandline -ct)
  for line in ($words[1] __complete $words[2..-1] 2>/dev/null)
    if test "$line" = ':files'
      __fish_complete_path (commandline -ct)
    else
      echo $line
    end
  end
end
complete -c hopwise -f -a '(__hopwise_complete)'
`,
} as const
