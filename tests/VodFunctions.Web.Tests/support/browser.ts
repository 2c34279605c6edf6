// What modules ask of the browser while they load. Everything that needs more is tested in a real one.
const kept = new Map<string, string>();

Object.assign(globalThis, {
  localStorage: {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  },
});
if (!('navigator' in globalThis)) Object.assign(globalThis, { navigator: { languages: ['en-GB'], onLine: true } });
