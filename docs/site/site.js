// The banner comes when it is asked for, and only then.
for (const button of document.querySelectorAll('[data-try]')) {
  button.addEventListener('click', () => window.crumbgate.open(button.dataset.try))
}
