/** Why Crumbgate is not first, by the name of the row. Measured when it was written; look again when the figures change. */
export const REASONS = {
  bytes:
    'Osano’s has no categories, no preferences and holds nothing. The target is 12 kB: with the dialog, the late release and the receipts in files of their own `crumbgate.js` would have about 13 kB, but the banner would come a round trip later, and a visitor would load as much.',
  banner:
    'On a phone the line counts, and 10 kB more take 50 ms; and the script stands in the head without `defer`, since nothing after it may run before it is held.',
  script:
    'It runs 185 functions on a first visit, each of which has to be compiled; vanilla-cookieconsent runs 85 (heap snapshots). To have all compiled ahead (`allFunctionsCalledOnLoad`) took a sixth off, for 98 KiB more of heap.',
  task: 'The same as script time.',
  blocking: 'It stands in the head and is one task; the others come with `defer`, in two.',
  nextFrame:
    'The choice is written to the cookie and read back before anything else happens: questions to another process, which take half of our part of the click in a profile. From 1 000 held scripts on it is first.',
  accept:
    'Nothing runs before the dialog is off the screen, and each script ends before the next begins, so that what it writes stands in its place; the others start all at once.',
  returningFirst:
    'Within the quartiles of each other. The target of 1.05 × is missed everywhere: the script is compiled and asks for the cookie before the parser goes on; from the third visit on browsers have it compiled, which is not measured here.',
  returningAll:
    'Here they stand in the page as blocking scripts and run as such, one after the other, which the browser fetches ahead only where they are not held; the others start all at once when the page is parsed.',
  returningScript: 'An allowed frame is put in anew, which takes a third of it, and the cookie is waited for.',
  heap: 'Bytecode of what has run and the shapes of what the gate touches; the dialog is 30 KiB of it. The target of 106 KiB is below every library here.',
  scale:
    'The browser has its turn every 8 ms, so that the page can be used meanwhile: from 1 000 scripts on the next frame comes first here.',
  scaleFrame: 'The same as with six scripts.',
}
