import { useFormats } from '../language/format.ts';
import { useServerWords } from '../language/server-words.ts';
import { Scroll } from './scroll.tsx';

interface Props {
  label: string;
  words: { line: string; column: string; fault: string };
  faults: readonly { line: number; column: string; message: string }[];
  /** What stands for the line of a fault that is of the whole file. */
  whole?: string;
}

/** What is wrong with a file, line by line. */
export function FaultTable({ label, words, faults, whole }: Props) {
  const f = useFormats();
  const inWords = useServerWords();
  return (
    <Scroll className="table-place table-tall" label={label}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.line}</th>
            <th scope="col">{words.column}</th>
            <th scope="col">{words.fault}</th>
          </tr>
        </thead>
        <tbody>
          {faults.map(({ line, column, message }) => (
            <tr key={`${line} ${column} ${message}`}>
              <td>{line === 0 && whole !== undefined ? whole : f.number(line)}</td>
              <td>{column}</td>
              <td>{inWords(message) ?? message}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
