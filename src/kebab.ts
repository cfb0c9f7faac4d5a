/** `googleAnalytics`, `Google Analytics` or `google_analytics` as `google-analytics`. */
export const kebab = (name: string) =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .replace(/[^A-Za-z\d]+/g, '-')
    .toLowerCase()
