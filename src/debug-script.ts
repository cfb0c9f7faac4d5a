import { startDebug } from './debug/start'

// `crumb-debug.js`: `crumbgate.js` loads this file where the owner's panel is asked for.
window.crumbgateDebug = startDebug
