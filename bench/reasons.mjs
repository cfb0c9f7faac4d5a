// Why Crumbgate is not first in a row, by the name of the row. Read when the report is written.
export const REASONS = {}
