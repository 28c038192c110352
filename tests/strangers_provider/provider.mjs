// An OpenID Connect provider that this project did not write, npm's oidc-provider, with Cognito's addresses, tokens and
// manners. Its argument is the site's origin. It says on standard output where it is, does what lines on its standard
// input tell it, and ends with that.
//
// What stays otherwise than Cognito: a refresh token that was rotated has no grace (using it again revokes all that came
// of that sign-in), access tokens always have an audience (Cognito's have with resource binding), and signing out asks
// for a confirmation.

import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';

import { Provider } from 'oidc-provider';

import { createMemoryAdapter } from './node_modules/oidc-provider/lib/adapters/memory_adapter.js';

const POOL = '/local_STRANGER';
const SITE = process.argv[2];
const API = 'https://api.example.com/';
const HOUR = 3600;

// How long what a sign-in at the brief client brings is good for, in seconds; what a renewal brings, for an hour.
const BRIEF = 8;

const GROUPS = { reader: [], editor: ['editors'] };

const clients = [
  { client_id: '1public23456789', token_endpoint_auth_method: 'none' },
  { client_id: '2brief23456789', token_endpoint_auth_method: 'none' },
  {
    client_id: '3confidential456789',
    client_secret: '1a2b3c4d5e6f7g8h9i0jclientsecret',
    token_endpoint_auth_method: 'client_secret_basic',
  },
].map((client) => ({
  ...client,
  grant_types: ['authorization_code', 'refresh_token'],
  redirect_uris: [`${SITE}/auth/callback`],
  post_logout_redirect_uris: [`${SITE}/auth/signed-out`],
  subject_type: 'pairwise',
}));

const key = (kid) => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' };
};

const lifetime = (ctx, _token, client) =>
  client.clientId.includes('brief') && ctx.oidc.params.grant_type === 'authorization_code' ? BRIEF : HOUR;

// The time can be set back, by so many seconds.
let behind = 0;
const now = Date.now;
Date.now = () => now() - behind * 1000;

// The latest first: ID tokens are signed with the first key, access tokens with the second.
let keys = [key('id'), key('access')];
const cookieKeys = [randomBytes(32).toString('hex')];
const adapter = createMemoryAdapter();

// A provider reads its keys once, so new keys take a new provider. Sessions and tokens are kept besides.
const configuration = () => ({
  adapter,
  clients,
  cookies: { keys: cookieKeys },
  jwks: { keys },
  routes: {
    authorization: '/oauth2/authorize',
    token: '/oauth2/token',
    revocation: '/oauth2/revoke',
    userinfo: '/oauth2/userInfo',
    end_session: '/logout',
    jwks: '/.well-known/jwks.json',
  },
  pkce: { required: () => true },
  rotateRefreshToken: true,
  issueRefreshToken: () => true,
  expiresWithSession: () => false,
  ttl: { AccessToken: lifetime, IdToken: lifetime, RefreshToken: 24 * HOUR, Session: HOUR, Grant: 24 * HOUR, Interaction: HOUR },

  // People sign in by their names; their subject is another text.
  subjectTypes: ['pairwise'],
  pairwiseIdentifier: (_ctx, name) => createHash('sha256').update(name).digest('hex'),
  findAccount: (_ctx, name) =>
    GROUPS[name] && {
      accountId: name,
      claims: (use) => ({
        sub: name,
        email: `${name}@example.com`,
        'cognito:username': name,
        'cognito:groups': GROUPS[name],
        token_use: use === 'id_token' ? 'id' : undefined,
      }),
    },
  conformIdTokenClaims: false,
  claims: {
    openid: ['sub', 'cognito:username', 'cognito:groups', 'token_use'],
    email: ['email'],
    profile: [],
  },
  extraTokenClaims: (_ctx, token) => ({
    token_use: 'access',
    username: token.accountId,
    'cognito:groups': GROUPS[token.accountId],
  }),

  // Nobody is asked whether the site may know them.
  loadExistingGrant: async (ctx) => {
    const { client, session, params } = ctx.oidc;
    const grant = new ctx.oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope(params.scope);
    grant.addResourceScope(API, params.scope);
    await grant.save();
    return grant;
  },
  features: {
    devInteractions: { enabled: true },
    revocation: { enabled: true },
    rpInitiatedLogout: { enabled: true },
    // Without a resource server, access tokens are not JWTs.
    resourceIndicators: {
      enabled: true,
      defaultResource: () => API,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({
        audience: API,
        scope: 'openid email profile',
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: 'RS256', kid: keys[1].kid } },
      }),
    },
  },
});

const counts = { authorization_code: 0, refresh_token: 0, revocation: 0 };
let fault = 0;
let answer;

const start = (issuer) => {
  const provider = new Provider(issuer, configuration());
  const count = ({ oidc }) => { counts[oidc.params?.grant_type] += 1; };
  provider.on('grant.success', count).on('grant.error', count);
  provider.use((ctx, next) => {
    if (ctx.path === '/logout' && ctx.query.logout_uri) {
      ctx.query = { client_id: ctx.query.client_id, post_logout_redirect_uri: ctx.query.logout_uri };
    }
    return next();
  });
  answer = provider.callback();
};

const commands = {
  behind: (seconds) => { behind = Number(seconds); },
  // The token endpoint answers with this status; 0 ends it.
  fault: (status) => { fault = Number(status); },
  rotate: (issuer) => {
    keys = [key(`id-${keys.length}`), key(`access-${keys.length}`), ...keys];
    start(issuer);
  },
  counts: () => counts,
};

const server = createServer((request, response) => {
  // Only the issuer has a path. What is below it is served with and without.
  if (request.url.startsWith(`${POOL}/`)) request.url = request.url.slice(POOL.length);
  if (request.url === '/oauth2/revoke') counts.revocation += 1;
  if (fault && request.url === '/oauth2/token') return response.writeHead(fault).end();
  return answer(request, response);
});
server.listen(0, '127.0.0.1', () => {
  const domain = `http://127.0.0.1:${server.address().port}`;
  const issuer = `${domain}${POOL}`;
  start(issuer);
  console.log(`at ${domain} ${issuer}`);
  createInterface({ input: process.stdin })
    .on('line', (line) => {
      const [name, argument = issuer] = line.split(' ');
      console.log(`done ${JSON.stringify(commands[name](argument) ?? null)}`);
    })
    .on('close', () => process.exit());
});
