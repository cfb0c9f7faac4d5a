// The few lines that a site owner writes for a library that only reports consent and leaves the scripts to the page. The
// same for every such library: all at once, in order; an inline script waits for the external ones before it.
export const GLUE = `
window.benchActivate=function(cats){
  var todo=[].slice.call(document.querySelectorAll('script[type="text/plain"][data-category]')).filter(function(s){return cats.indexOf(s.dataset.category)>=0});
  document.querySelectorAll('iframe[data-src]').forEach(function(f){if(cats.indexOf(f.dataset.category)>=0){f.src=f.dataset.src;f.removeAttribute('data-src')}});
  var last;
  (function next(){
    for(;todo.length;){
      var s=todo[0];
      if(!s.dataset.src&&last){last.onload=last.onerror=next;last=null;return}
      todo.shift();
      var n=document.createElement('script');
      n.async=false;
      if(s.dataset.src){n.src=s.dataset.src;last=n}else n.text=s.text;
      s.replaceWith(n);
    }
  })();
};`

export const glueAttrs = (s) => ({ 'data-category': s.category, 'data-src': s.src })
export const glueIframe = (f) => `<iframe title="embed" data-category="${f.category}" data-src="${f.src}"></iframe>`
