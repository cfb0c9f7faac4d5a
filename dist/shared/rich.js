/*! Crumbgate 0.1.0 | MIT | (c) 2026 The Crumbgate authors */
import{h as t}from"./wording.js";const o=/\[([^[\]]+)\]\(([^()\s]+)\)|\*\*(?! )([^*]+)(?<! )\*\*|\*(?! )([^*]+)(?<! )\*/g,s=/^(https?:|mailto:|[/?#]|[^:/?#]*([/?#]|$))/i;function e(e){const n=[];let r=0;for(const i of e.matchAll(o)){const[o,c,l="",h,p=""]=i;n.push(e.slice(r,i.index)),c?n.push(s.test(l)?t("a",{href:l,rel:"noopener"},c):c):n.push(h?t("strong",{},h):t("em",{},p)),r=i.index+o.length}return[...n,e.slice(r)]}export{e as r};
//# sourceMappingURL=rich.js.map
