// @ts-check
/** `googleAnalytics` as `google-analytics`. @param {string} name */
export const kebab = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
