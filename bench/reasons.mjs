// Why figures are what they are, by the name of the row. Without figures: those stand beside it, from the results. A test fails
// where a reason is missing, and where one is given for what is not so.

/** Why Crumbgate is not first. */
export const REASONS = {
  bytes: 'Osano’s has no categories, no preferences and holds nothing.',
  banner:
    'On a phone the line counts; and the script stands in the head without `defer`, since nothing after it may run before it is held.',
  script:
    'It runs more functions on a first visit, each of which has to be compiled. To have all compiled ahead (`allFunctionsCalledOnLoad`) took less time, for more heap.',
  task: 'The same as script time.',
  blocking: 'It stands in the head and is one task; the others come with `defer`, in two.',
  nextFrame:
    'The choice is written to the cookie and read back before anything else happens: questions to another process.',
  accept:
    'Nothing runs before the dialog is off the screen, and each script ends before the next begins, so that what it writes stands in its place; the others start all at once.',
  returningFirst: 'On a phone the line counts, and the first of them lie within the spread of their rounds.',
  returningAll:
    'Here they stand in the page as blocking scripts and run as such, one after the other, which the browser fetches ahead only where they are not held; the others start all at once when the page is parsed.',
  returningScript: 'An allowed frame is put in anew, and the cookie is waited for.',
  heap: 'Bytecode of what has run, the shapes of what the gate touches, and the dialog.',
  scale:
    'For each script it looks after what that writes, listens to and leaves to microtasks, all of which come before the next; and the browser has its turn every few milliseconds, so that the page can be used meanwhile.',
  scaleFrame: 'The same as with six scripts.',
}

/** What a figure was to be at most (no more than the best, where there is no number), where, and why it is more. */
export const TARGETS = {
  bytes: {
    most: 12_000,
    why: 'The dialog, the late release and the receipts could be files of their own, but the banner would come a round trip later, and a visitor would load as much.',
  },
  nextFrame: {
    most: 20,
    only: 'cpu4',
    why: 'No library comes near it here, and the click itself takes some of it; the rest is the same as above.',
  },
  accept: { why: 'The same as above.' },
  returningFirst: {
    most: 1.05,
    why: 'The script is compiled and asks for the cookie before the parser goes on; from the third visit on browsers have it compiled, which is not measured here.',
  },
  heap: { most: 106 * 1024, why: 'The same as above.' },
}
