/**
 * What a shell runs to complete a command line. Each asks the command itself, whose first line says
 * whether words follow or files are meant; whatever it says against that stays out of the prompt.
 */

/** The first word of such a command line. */
export const COMPLETE = "--complete";

export const COMPLETION_SCRIPTS = {
  bash: `# Completes lrn in bash: lrn completion >> ~/.bashrc
_lrn_completion() {
  local IFS=$'\\n' answer
  answer=($("$1" ${COMPLETE} "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
  COMPREPLY=()
  case "\${answer[0]}" in
    words) COMPREPLY=("\${answer[@]:1}") ;;
    files) ;;
    *) compopt +o default +o bashdefault 2>/dev/null ;;
  esac
}
complete -o bashdefault -o default -F _lrn_completion lrn`,
  zsh: `#compdef lrn
# Completes lrn in zsh, after compinit: lrn completion --shell zsh >> ~/.zshrc
_lrn_completion() {
  local -a answer
  answer=("\${(@f)$("$words[1]" ${COMPLETE} "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  case $answer[1] in
    words) compadd -- "\${(@)answer[2,-1]}" ;;
    files) _files ;;
  esac
}
compdef _lrn_completion lrn`,
  fish: `# Completes lrn in fish: lrn completion --shell fish > ~/.config/fish/completions/lrn.fish
function __lrn_completion
  set -l given (commandline -opc)
  set -l current (commandline -ct)
  set -l answer ($given[1] ${COMPLETE} $given[2..-1] "$current" 2>/dev/null)
  switch "$answer[1]"
    case words
      printf '%s\\n' $answer[2..-1]
    case files
      __fish_complete_path "$current"
  end
end
complete -c lrn -f -a '(__lrn_completion)'`,
} as const;

export type Shell = keyof typeof COMPLETION_SCRIPTS;

export const SHELLS = Object.keys(COMPLETION_SCRIPTS) as Shell[];
