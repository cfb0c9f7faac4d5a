/*! Crumbgate 0.1.0 | MIT | (c) 2026 The Crumbgate authors */
export{connect}from"./connect.js";export{googleConsentMode}from"./google.js";export{googleTagManager}from"./google-tag-manager.js";export{gpc}from"./gpc.js";export{matomo}from"./matomo.js";export{metaPixel}from"./meta.js";export{microsoftClarity,microsoftUet}from"./microsoft.js";export{tiktokPixel}from"./tiktok.js";
//# sourceMappingURL=index.js.map
