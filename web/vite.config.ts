import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const services = ['ingest', 'allocation', 'billing', 'community'];

export default defineConfig({
  resolve: {
    alias: {
      // Markdown's named characters: the package's own way for browsers writes HTML to read it.
      'decode-named-character-reference': fileURLToPath(
        new URL('src/words/characters.ts', import.meta.url),
      ),
    },
  },
  build: {
    // Of early 2023, see ADR 0026. CSS is lowered to these too: `light-dark()` is younger.
    target: ['chrome111', 'edge111', 'firefox115', 'safari16.4'],
    cssMinify: 'lightningcss',
    // The Trusted Types of the page let nothing be made from text, not even this helper's script.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: true,
    rolldownOptions: {
      // Of libraries, for frameworks that render on a server: "use client" says nothing here.
      checks: { moduleLevelDirective: false },
      output: {
        // What every other page has is one script: each alone compresses worse, and a member's
        // first visit grew with pages that no member sees. It takes about half of all entries: with
        // fewer, parts of organisers' pages come too. `check.py` has the sizes.
        codeSplitting: { groups: [{ name: 'shared', minShareCount: 89 }] },
      },
    },
  },
  server: {
    // With the host that the browser asked: a log-in compares it with the Origin.
    proxy: Object.fromEntries(
      services.map((name) => [
        `/${name}`,
        { target: 'http://127.0.0.1:8000', changeOrigin: false },
      ]),
    ),
  },
});
