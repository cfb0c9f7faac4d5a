import { openReceipts } from './receipts/open'

// `crumb-receipts.js`: `crumbgate.js` loads this file where there are receipts to show or to send.
window.crumbgateReceipts = openReceipts
