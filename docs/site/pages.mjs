/** The navigation: what the site has, in the order in which it is read. A `folder` is copied as it is. */
export const SECTIONS = [
  {
    title: 'Begin',
    pages: [
      { source: 'docs/index.md', name: 'index', title: 'Crumbgate' },
      { source: 'docs/start.md', name: 'start', title: 'Five-minute start' },
      { folder: 'docs/configurator', name: 'configurator/index', title: 'Configurator' },
      { source: 'docs/debug.md', name: 'debug', title: 'Find what leaks' },
      {
        source: 'docs/switching/index.md',
        name: 'switching/index',
        title: 'Switch to Crumbgate',
        more: 'docs/switching',
      },
    ],
  },
  {
    title: 'Mark and declare',
    pages: [
      { source: 'docs/tagging.md', name: 'tagging', title: 'Mark what has to wait' },
      { source: 'docs/vendors.md', name: 'vendors', title: 'Tags of vendors' },
      { source: 'docs/configuration.md', name: 'configuration', title: 'Configure it' },
      { source: 'docs/declaration.md', name: 'declaration', title: 'Declaration and receipts' },
      { source: 'docs/theming.md', name: 'theming', title: 'The look' },
      { source: 'docs/google.md', name: 'google', title: 'Google: Tag Manager, Consent Mode' },
      { source: 'docs/regions.md', name: 'regions', title: 'Regions and regimes' },
    ],
  },
  {
    title: 'Develop',
    pages: [
      { source: 'docs/developers.md', name: 'developers', title: 'Modules, events, tests' },
      { source: 'docs/single-page-apps.md', name: 'single-page-apps', title: 'Single-page apps' },
      { source: 'docs/frameworks.md', name: 'frameworks', title: 'React, Next, Vue, Svelte, Astro' },
      { source: 'docs/csp.md', name: 'csp', title: 'Content security policy' },
      { source: 'docs/extending.md', name: 'extending', title: 'Signals and services of your own' },
      { source: 'docs/server.md', name: 'server', title: 'On your server' },
      { source: 'docs/cookie.md', name: 'cookie', title: 'The cookie' },
      { source: 'docs/reference.md', name: 'reference', title: 'Reference' },
    ],
  },
  {
    title: 'Know',
    pages: [
      { source: 'docs/law.md', name: 'law', title: 'What the law asks' },
      { source: 'docs/accessibility.md', name: 'accessibility', title: 'Accessibility' },
      { source: 'CONFORMANCE.md', name: 'conformance', title: 'Conformance' },
      { source: 'BENCHMARKS.md', name: 'benchmarks', title: 'Benchmarks' },
    ],
  },
  {
    title: 'Contribute',
    pages: [
      { source: 'docs/architecture.md', name: 'architecture', title: 'Architecture' },
      { source: 'CONTRIBUTING.md', name: 'contributing', title: 'Contributing' },
      { source: 'SECURITY.md', name: 'security', title: 'Security' },
      { source: 'CHANGELOG.md', name: 'changelog', title: 'Changelog' },
    ],
  },
]
