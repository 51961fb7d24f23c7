const u0=process.cpuUsage(); const {Ajv}=await import("ajv"); const u1=process.cpuUsage(u0);
await import("./dist/src/core/errors.js");
const v0=process.cpuUsage();await import("./dist/src/pipeline/run/manifest-lines.js"); const v=process.cpuUsage(v0);
console.log("ajv",u1.user/1e3|0,"lines",v.user/1e3|0);
