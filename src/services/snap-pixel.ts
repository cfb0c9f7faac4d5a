import type { ServiceOptions } from '../types'

/**
 * https://businesshelp.snapchat.com/s/article/snap-pixel-about, 2026-11-24. No list found: names and lifetimes are
 * from a 2023 copy of the vendor's script, except _ScCbts, from public code, whose lifetime could not be found.
 */
export const snapPixel: ServiceOptions = {
  category: 'marketing',
  title: 'Snap Pixel',
  provider: 'Snap Inc.',
  purpose: 'Measures what advertisements on Snapchat lead to, and chooses who sees them.',
  cookies: ['_scid', '_scid_r', '_sctr', '_scsrid', '_scsrid_r', '_screload', '_sc_cspv', '_ScCbts'],
  localStorage: ['u_sclid', 'u_sclid_r', '_scsrid', '_scsrid_r'],
  sessionStorage: ['u_scsid', 'u_scsid_r'],
  lifetimes: { _scid: 396, _scid_r: 396, _sctr: 396, _scsrid: 396, _scsrid_r: 396, _screload: 1, _sc_cspv: 396 },
}
