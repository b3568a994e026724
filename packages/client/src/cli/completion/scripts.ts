import type { CommandPlace } from './places.ts';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type ShellName = (typeof SHELLS)[number];

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
const paths = (places: readonly CommandPlace[]): string[] => places.map(({ path }) => path).filter(Boolean);

/** Flags that take one of some words: where, which, and the words. */
const chosen = (places: readonly CommandPlace[]): [path: string, flag: string, values: readonly string[]][] =>
  places.flatMap(({ path, flags }) =>
    flags
      .filter(({ values }) => values.length > 0)
      .map(({ word, values }): [string, string, readonly string[]] => [path, word, values]),
  );

/** Flags that take something else: a file, perhaps. */
const open = (places: readonly CommandPlace[]): string[] => [
  ...new Set(
    places.flatMap(({ flags }) =>
      flags.filter((flag) => flag.takesValue && flag.values.length === 0).map(({ word }) => word),
    ),
  ),
];

function bash(places: readonly CommandPlace[]): string {
  return `_opentopup_one_of() {
  local value typed
  for value; do
    case "$cur" in
      [\\"\\']*) typed="\${cur:1}" ;;
      *) typed="$cur"; printf -v value %q "$value" ;;
    esac
    if [[ "$value" == "$typed"* ]]; then COMPREPLY+=("$value"); fi
  done
}
_opentopup() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} place= word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${place:+$place }$word" in
      ${paths(places).map(quoted).join('|')}) place="\${place:+$place }$word" ;;
    esac
  done
  COMPREPLY=()
  case "$place:$prev" in
${chosen(places)
  .map(
    ([path, flag, values]) =>
      `    ${quoted(`${path}:${flag}`)}) _opentopup_one_of ${values.map(quoted).join(' ')}; return ;;`,
  )
  .join('\n')}
    ${open(places)
      .map((flag) => `*:${flag}`)
      .join('|')}) return ;;
  esac
  local words= flags=
  case "$place" in
${places
  .map(({ path, words, flags }) => {
    const [all, some] = [words, flags].map((each) => quoted(each.map(({ word }) => word).join(' ')));
    return `    ${quoted(path)}) words=${all} flags=${some} ;;`;
  })
  .join('\n')}
  esac
  if [[ $cur == -* ]]; then words=$flags; fi
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o bashdefault -o default -F _opentopup opentopup
`;
}

function zsh(places: readonly CommandPlace[]): string {
  const described = (each: { word: string; about: string }): string =>
    quoted(each.about ? `${each.word}:${each.about}` : each.word);
  return `#compdef opentopup
_opentopup() {
  local place= word
  local -a list flags
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "\${place:+$place }$word" in
      ${paths(places).map(quoted).join('|')}) place="\${place:+$place }$word" ;;
    esac
  done
  case "$place:\${words[CURRENT-1]}" in
${chosen(places)
  .map(
    ([path, flag, values]) => `    ${quoted(`${path}:${flag}`)}) compadd -- ${values.map(quoted).join(' ')}; return ;;`,
  )
  .join('\n')}
    ${open(places)
      .map((flag) => `*:${flag}`)
      .join('|')}) _files; return ;;
  esac
  case "$place" in
${places
  .map(
    ({ path, words, flags }) =>
      `    ${quoted(path)}) list=(${words.map(described).join(' ')}) flags=(${flags.map(described).join(' ')}) ;;`,
  )
  .join('\n')}
  esac
  if [[ \${words[CURRENT]} == -* ]]; then
    _describe flag flags
  elif (( \${#list} )); then
    _describe command list
  else
    _files
  fi
}
if [[ \${funcstack[1]} == _opentopup ]]; then _opentopup "$@"; else compdef _opentopup opentopup; fi
`;
}

function fish(places: readonly CommandPlace[]): string {
  const at = (path: string): string => `-n "test (__opentopup_place) = ${quoted(path)}"`;
  return `function __opentopup_place
  set -l place ''
  for word in (commandline -opc)[2..]
    switch (string trim "$place $word")
      case ${paths(places).map(quoted).join(' ')}
        set place (string trim "$place $word")
    end
  end
  echo $place
end
${places
  .flatMap(({ path, words, flags }) => [
    ...words.map(({ word, about }) => `complete -c opentopup ${at(path)} -f -a ${quoted(word)} -d ${quoted(about)}`),
    ...flags.map(({ word, about, takesValue, values }) => {
      const takes = values.length > 0 ? ` -x -a ${quoted(values.map(quoted).join(' '))}` : takesValue ? ' -r' : '';
      return `complete -c opentopup ${at(path)} -l ${word.slice(2)}${takes} -d ${quoted(about)}`;
    }),
  ])
  .join('\n')}
`;
}

/** What completes the words of a command line, for a shell. */
export const COMPLETION: Record<ShellName, (places: readonly CommandPlace[]) => string> = { bash, zsh, fish };
