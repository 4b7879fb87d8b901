// A real OpenID Connect server for the tests: npm oidc-provider with the invented people that the test names.
// Started with one JSON argument {clients, people}; prints {"issuer": …} when it listens. POST /bend spoils the next
// answers in one named way; POST /logout-token signs a logout token as told.
import { createServer } from "node:http";
import { once } from "node:events";
import { Provider } from "oidc-provider";
import { SignJWT, exportJWK, generateKeyPair } from "jose";

const told = JSON.parse(process.argv[2]);
const LOGOUT = "http://schemas.openid.net/event/backchannel-logout";

const keys = await generateKeyPair("RS256", { extractable: true });
const stranger = await generateKeyPair("RS256", { extractable: true });
const jwk = { ...(await exportJWK(keys.privateKey)), kid: "first", alg: "RS256", use: "sig" };

const server = createServer().listen(0, "127.0.0.1");
await once(server, "listening");
const issuer = `http://localhost:${server.address().port}`;
let bend = "";

const provider = new Provider(issuer, {
  clients: told.clients,
  jwks: { keys: [jwk] },
  cookies: { keys: ["only for tests"] },
  claims: {
    openid: ["sub"],
    profile: ["name", "given_name", "family_name"],
    email: ["email"],
    groups: ["groups"],
    identity: ["national_identification_number"],
  },
  features: {
    devInteractions: { enabled: false },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx, form) => {
        ctx.body = page("Sign out", `${form}<button form="op.logoutForm" name="logout" value="yes">Sign out here too</button>`);
      },
    },
  },
  pkce: { required: () => true },
  // Luotsi stands on this machine in the tests, where the server would refuse to call.
  fetch: (url, { dispatcher, ...options }) => globalThis.fetch(url, options),
  findAccount: (ctx, id) => told.people[id] && { accountId: id, claims: () => ({ sub: id, ...told.people[id] }) },
  interactions: { url: (ctx, interaction) => `/people/${interaction.uid}` },
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId,
      accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope("openid profile email groups identity");
    await grant.save();
    return grant;
  },
  ttl: { Session: 3600, Grant: 3600, IdToken: 300, AccessToken: 300, Interaction: 600 },
});

provider.use(async (ctx, next) => {
  if (ctx.path === "/bend") return spoil(ctx);
  if (ctx.path === "/logout-token") return logoutToken(ctx);
  if (ctx.path.startsWith("/people/")) return choose(ctx);
  await next();
  if (ctx.path === "/token" && ctx.body?.id_token && bend) ctx.body = await bent(ctx.body);
  if (ctx.path === "/me" && bend === "userinfo") ctx.body = { ...ctx.body, sub: "somebody-else" };
});

provider.on("backchannel.error", (ctx, error) => console.error(`backchannel: ${error.message}`));

async function spoil(ctx) {
  bend = (await body(ctx)).get("how");
  ctx.body = "";
}

async function choose(ctx) {
  const { uid } = await provider.interactionDetails(ctx.req, ctx.res);
  if (ctx.method === "GET") {
    const buttons = Object.keys(told.people).map((id) => `<p><button name="who" value="${id}">${id}</button></p>`);
    ctx.type = "html";
    ctx.body = page("Who are you?", `<form method="post" action="/people/${uid}">${buttons.join("")}</form>`);
    return;
  }
  const who = (await body(ctx)).get("who");
  const result = who === "nobody" ? { error: "access_denied" } : { login: { accountId: who } };
  ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, result));
}

// Each way spoils one thing, and signs the rest properly: only the check of that thing can notice.
async function bent(answer) {
  const claims = JSON.parse(Buffer.from(answer.id_token.split(".")[1], "base64url"));
  const now = Math.floor(Date.now() / 1000);
  const changed = {
    audience: { aud: "somebody-else" },
    audiences: { aud: [claims.aud, "somebody-else"] },
    party: { azp: "somebody-else" },
    issuer: { iss: "http://localhost:1" },
    expired: { iat: now - 900, exp: now - 600 },
    nonce: { nonce: "0".repeat(64) },
    nonceless: { nonce: undefined },
    person: { sub: "somebody-else" },
  };
  if (bend === "missing") return { ...answer, id_token: undefined };
  if (bend === "unsigned") {
    const head = Buffer.from(JSON.stringify({ alg: "none", typ: "JWT" })).toString("base64url");
    return { ...answer, id_token: `${head}.${answer.id_token.split(".")[1]}.` };
  }
  if (bend === "secret") {
    const secret = new TextEncoder().encode(told.clients[0].client_secret.padEnd(32, "x"));
    return { ...answer, id_token: await new SignJWT(claims).setProtectedHeader({ alg: "HS256", kid: "first" }).sign(secret) };
  }
  const key = bend === "signature" ? stranger.privateKey : keys.privateKey;
  const kid = bend === "key" ? "second" : "first";
  const token = new SignJWT({ ...claims, ...(changed[bend] ?? {}) }).setProtectedHeader({ alg: "RS256", kid });
  return { ...answer, id_token: await token.sign(key) };
}

async function logoutToken(ctx) {
  const now = Math.floor(Date.now() / 1000);
  const { claims = {}, signed_by = "us", header = {} } = JSON.parse((await body(ctx)).get("told"));
  const whole = { iss: issuer, aud: "luotsi-staff", iat: now, exp: now + 120, jti: crypto.randomUUID(), events: { [LOGOUT]: {} } };
  const token = new SignJWT({ ...whole, ...claims }).setProtectedHeader({ alg: "RS256", kid: "first", typ: "logout+jwt", ...header });
  ctx.body = await token.sign(signed_by === "us" ? keys.privateKey : stranger.privateKey);
}

async function body(ctx) {
  const parts = [];
  for await (const part of ctx.req) parts.push(part);
  return new URLSearchParams(Buffer.concat(parts).toString());
}

function page(title, content) {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body><main><h1>${title}</h1>${content}</main></body></html>`;
}

server.on("request", provider.callback());
console.log(JSON.stringify({ issuer }));
