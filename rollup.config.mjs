import { existsSync, readFileSync, rmSync } from 'node:fs'
import resolve from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'
import dts from 'rollup-plugin-dts'
import esbuild from 'rollup-plugin-esbuild'
import { cssText } from './build/css-text.mjs'
import { knownServices } from './build/known-services.mjs'
import { localeFiles } from './build/locale-files.mjs'
import { sri } from './build/sri.mjs'

/** Where the build goes: the test command builds a second time beside `dist` and compares. */
const out = process.env.OUT_DIR ?? 'dist'
const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
const banner = `/*! Crumbgate ${version} | MIT | (c) 2026 The Crumbgate authors */`

const minify = (module) =>
  terser({
    module,
    ecma: 2020,
    compress: { passes: 2, ecma: 2020 },
    mangle: { safari10: false },
    format: { ascii_only: true, comments: /^!/ },
  })
const plugins = (module) => [
  cssText(),
  resolve({ extensions: ['.ts', '.mjs', '.js'] }),
  esbuild({ target: 'es2020', sourceMap: true, define: { VERSION: JSON.stringify(version) } }),
  minify(module),
]
const entries = { index: 'src/index.ts', core: 'src/core/index.ts', table: 'src/table.ts' }
/** On their own, so that the core stays in one piece. */
const apart = {
  testing: 'src/testing.ts',
  services: 'src/services/index.ts',
  regions: 'src/regions.ts',
  receipts: 'src/receipts.ts',
  import: 'src/import/index.ts',
  compat: 'src/compat/index.ts',
  debug: 'src/debug.ts',
}
/** One vendor a file, so that each can be measured, and nothing of the others comes along. */
const signals = { input: 'src/signals/index.ts', dir: `${out}/signals` }

/** For servers. What the stores share with the rest, such as the class of an error, is in one file. */
const server = {
  server: 'src/server/index.ts',
  'server/sqlite': 'src/server/stores/sqlite.ts',
  'server/postgres': 'src/server/stores/postgres.ts',
}

/** For a `<script>` tag; one file each. */
const scripts = {
  crumbgate: 'src/script.ts',
  'crumb-table': 'src/table-script.ts',
  'crumb-receipts': 'src/receipts-script.ts',
  'crumb-services': 'src/services-script.ts',
  'crumb-signals': 'src/signals-script.ts',
  'crumb-import': 'src/import-script.ts',
  'crumb-compat': 'src/compat-script.ts',
  'crumb-debug': 'src/debug-script.ts',
}

const isDebug = (name) => /debug$/.test(name)

/** Nothing of an earlier build stays behind. */
const fresh = { name: 'fresh', buildStart: () => existsSync(out) && rmSync(out, { recursive: true }) }

export default [
  {
    input: entries,
    plugins: [fresh, ...plugins(true)],
    output: {
      dir: out,
      format: 'es',
      banner,
      sourcemap: true,
      entryFileNames: '[name].js',
      // What several files share has a folder of its own, where it cannot take the name of an entry.
      chunkFileNames: ({ facadeModuleId, isDynamicEntry }) =>
        /\/locales\/[\w-]+\.ts$/.test(facadeModuleId ?? '') && isDynamicEntry
          ? 'locales/[name].js'
          : `${isDynamicEntry ? '' : 'shared/'}[name].js`,
    },
  },
  ...Object.entries(apart).map(([name, input]) => ({
    input,
    plugins: [isDebug(name) && knownServices(), ...plugins(true)],
    output: { file: `${out}/${name}.js`, format: 'es', banner, sourcemap: true },
  })),
  {
    input: 'src/cli.ts',
    external: [/^node:/],
    plugins: plugins(true),
    // One file, with all languages.
    output: { file: `${out}/cli.js`, banner: `#!/usr/bin/env node\n${banner}`, inlineDynamicImports: true },
  },
  {
    input: signals.input,
    plugins: plugins(true),
    output: { dir: signals.dir, format: 'es', banner, sourcemap: true, preserveModules: true },
  },
  {
    input: server,
    plugins: plugins(true),
    output: { dir: out, format: 'es', banner, sourcemap: true, chunkFileNames: 'server/shared/[name].js' },
  },
  ...Object.entries(scripts).map(([name, input]) => ({
    input,
    plugins: [isDebug(name) && knownServices(), ...plugins(false), name === 'crumbgate' && localeFiles()],
    output: { file: `${out}/${name}.js`, format: 'iife', banner, sourcemap: true },
  })),
  // The types that several entries share stand once, in a file of their own.
  {
    input: { ...entries, ...apart, ...server, signals: signals.input, script: scripts.crumbgate },
    external: [/\.css(\?important)?$/],
    // The last bundle: by then the scripts are written.
    plugins: [
      dts(),
      sri(
        out,
        version,
        Object.keys(scripts).map((name) => `${name}.js`),
      ),
    ],
    output: { dir: out, format: 'es', entryFileNames: '[name].d.ts', chunkFileNames: 'shared/[name].d.ts' },
  },
]
