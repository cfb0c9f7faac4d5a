// The few lines that a site owner writes for a library that only reports consent and leaves the scripts to the page. The
// same for every such library: in order, one external script after the other.
export const GLUE = `
window.benchActivate=function(cats){
  var todo=[].slice.call(document.querySelectorAll('script[type="text/plain"][data-category]')).filter(function(s){return cats.indexOf(s.dataset.category)>=0});
  document.querySelectorAll('iframe[data-src]').forEach(function(f){if(cats.indexOf(f.dataset.category)>=0){f.src=f.dataset.src;f.removeAttribute('data-src')}});
  (function next(){
    for(var s;s=todo.shift();){
      var n=document.createElement('script');
      n.async=false;
      if(s.dataset.src){n.onload=n.onerror=next;n.src=s.dataset.src}else n.text=s.text;
      s.replaceWith(n);
      if(n.src)return;
    }
  })();
};`

export const glueAttrs = (s) => ({ 'data-category': s.category, 'data-src': s.src })
export const glueIframe = (f) => `<iframe title="embed" data-category="${f.category}" data-src="${f.src}"></iframe>`
