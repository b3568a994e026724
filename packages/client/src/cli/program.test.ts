import { readFileSync } from 'node:fs';
import { Writable } from 'node:stream';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { Cli } from './cli.ts';
import { EXIT } from './exit-codes.ts';
import { localeOf } from './locale.ts';
import { cliEnglish } from './messages/en.ts';
import { cliFrench } from './messages/fr.ts';
import type { Io } from './output/output.ts';
import { type Host, programOf } from './program.ts';

const HOST: Host = { version: '1.2.3', selling: [], operating: [] };

/** Output that is kept. */
function kept(): { io: Io; text: () => string } {
  let text = '';
  const writable = new Writable({
    write: (chunk, _encoding, done) => {
      text += String(chunk);
      done();
    },
  });
  const stream = Object.assign(writable, { isTTY: false, columns: 80 }) as unknown as Io['stdout'];
  const stdin = (): never => {
    throw new Error('nobody is asked');
  };
  return { io: { isTyped: false, stdin, stdout: stream, stderr: stream, env: {} }, text: () => text };
}

function verbsOf(tag: string): { path: string; help: string; about: string }[] {
  const { io, text } = kept();
  const program = programOf(new Cli(io, localeOf(tag), new AbortController().signal), HOST);
  const visit = (command: Command, path: string): ReturnType<typeof verbsOf> => {
    if (command.commands.length > 0) {
      return command.commands.flatMap((each) => visit(each, `${path} ${each.name()}`));
    }
    const before = text().length;
    command.outputHelp();
    return [{ path: path.trim(), help: text().slice(before), about: command.description() }];
  };
  return visit(program, '');
}

/** The names of all messages, and what they take. */
function shapeOf(messages: unknown, path = ''): string[] {
  if (typeof messages !== 'object' || messages === null) {
    return [typeof messages === 'function' ? `${path}(${messages.length})` : path];
  }
  return Object.entries(messages).flatMap(([name, each]) => shapeOf(each, `${path}.${name}`));
}

describe('every verb', () => {
  it.each(['en', 'fr'])('has help in %s, with an example of that verb', (tag) => {
    const verbs = verbsOf(tag);
    expect(verbs.length).toBeGreaterThan(40);
    const title = localeOf(tag).t.help.examples;
    for (const { path, help, about } of verbs) {
      expect({ path, about }).not.toEqual({ path, about: '' });
      expect(help).toContain(title);
      expect(help).toContain(` opentopup ${path}`.trimEnd());
    }
  });

  it('has options that its examples use rightly', () => {
    const { io } = kept();
    const program = programOf(new Cli(io, localeOf('en'), new AbortController().signal), HOST);
    for (const { path, help } of verbsOf('en')) {
      let command: Command | undefined = program;
      for (const name of path.split(' ')) command = command?.commands.find((each) => each.name() === name);
      const known = [...(command?.options ?? []), ...program.options].map(({ long }) => long);
      const examples = help.slice(help.indexOf(cliEnglish.help.examples));
      const used = [...examples.matchAll(/^ {2}\$ (.*)$/gm)].flatMap(([, line = '']) => line.match(/--[a-z-]+/g) ?? []);
      expect({ path, unknown: used.filter((flag) => !known.includes(flag)) }).toEqual({ path, unknown: [] });
    }
  });
});

describe('the languages', () => {
  it('say the same things', () => {
    expect(shapeOf(cliFrench)).toEqual(shapeOf(cliEnglish));
  });

  it('are one in each: nothing of the French is English but what stands for programs', () => {
    const english = /(?<![\p{L}_])(the|is|are|was|not|with|which|this|that|your|you|has|have|it|of|and)(?![\p{L}_])/iu;
    const programs = /--?[a-z][a-z-]*|\bopentopup\b[^.;]*|[A-Z_.]{4,}/g;
    const textsOf = (messages: unknown): string[] => {
      if (typeof messages === 'function') {
        const args = Array.from({ length: messages.length }, () => Object.assign(['X'], { toString: () => 'X' }));
        return [String(messages(...args))];
      }
      return typeof messages === 'object' && messages ? Object.values(messages).flatMap(textsOf) : [String(messages)];
    };
    const odd = (messages: unknown): string[] =>
      textsOf(messages).filter((text) => english.test(text.replaceAll(programs, '')));
    expect(odd(cliFrench)).toEqual([]);
    expect(odd(cliEnglish).length).toBeGreaterThan(100);
  });

  it('list the exit codes that there are', () => {
    const codes = Object.values(EXIT);
    for (const { help } of [cliEnglish, cliFrench]) {
      const listed = [...help.exitCodes.matchAll(/^ {2}(\d+) /gm)].map(([, code]) => Number(code));
      expect(listed).toEqual(codes);
    }
    const page = readFileSync(new URL('../../../../docs/guide/command-line.md', import.meta.url), 'utf8');
    const [, table = ''] = /^\| exit code .*\n\|[-|]+\n((?:\|.*\n)+)/m.exec(page) ?? [];
    const rows = [...table.matchAll(/^\| `(\d+)` \|/gm)].map(([, code]) => Number(code));
    expect(rows).toEqual(codes);
  });
});
