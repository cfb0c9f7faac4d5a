/*! Crumbgate 0.1.0 | MIT | (c) 2026 The Crumbgate authors */
import{s as e}from"./shared/sql.js";import"./shared/store.js";const s=s=>e({query:async(e,t)=>s.unsafe(e,[...t]),async run(e){await s.unsafe(e)},isFull:e=>"53100"===Reflect.get(Object(e),"code"),close:()=>s.end({timeout:5})});export{s as postgresStore};
//# sourceMappingURL=postgres.js.map
