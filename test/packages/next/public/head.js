window.ran ||= []
window.ran.push('head')
