window.ran ||= []
window.ran.push('second')
