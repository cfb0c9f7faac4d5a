window.ran ||= []
window.ran.push('first')
