import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { web: fileURLToPath(new URL('../../src/VodFunctions.Web/src', import.meta.url)) } },
  test: { include: ['**/*.test.ts'], setupFiles: ['support/browser.ts'] },
});
