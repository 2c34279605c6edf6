import { readFileSync } from 'node:fs';

/** The test ids in the first columns of the tables of docs/web.md, where `{name}` stands for any word. */
export function documentedIds(): string[] {
  const page = readFileSync(new URL('../../../docs/web.md', import.meta.url), 'utf8');
  const section = /\n## Test ids\n([^]*?)(?=\n## |$)/.exec(page)?.[1];
  if (section === undefined) throw new Error('docs/web.md has no section "Test ids".');
  return [...section.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(row =>
    [...row[1]!.matchAll(/`([^`]+)`/g)].map(found => found[1]!),
  );
}

export function toPattern(entry: string): RegExp {
  return new RegExp(
    `^${entry
      .split(/\{[^}]*\}/)
      .map(part => part.replace(/[^\w-]/g, '\\$&'))
      .join('.+')}$`,
  );
}
