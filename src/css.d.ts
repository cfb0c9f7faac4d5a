/** A style sheet as its minified text: `build/css-text.mjs`. */
declare module '*.css' {
  const text: string
  export default text
}

/** The same, with every declaration marked important. */
declare module '*.css?important' {
  const text: string
  export default text
}
