// cognito-at-edge as its README sets it up. It would fetch the keys with its first event; here it is given them, as
// the gate is.
const { readFileSync } = require("node:fs");
const { Authenticator } = require("cognito-at-edge");

const pool = JSON.parse(readFileSync(process.env.EDGE_AUTH_JSON, "utf8")).user_pool;
const userPoolId = pool.issuers[0].split("/").pop();
const authenticator = new Authenticator({
  region: userPoolId.split("_")[0],
  userPoolId,
  userPoolAppId: pool.client_id,
  userPoolDomain: new URL(pool.domain).host,
});
authenticator._jwtVerifier.cacheJwks(pool.jwks);

exports.handler = async (event) => authenticator.handle(event);
