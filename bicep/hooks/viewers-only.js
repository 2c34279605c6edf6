// Stands in for the site's own sign-in where none is given: people can watch, and nobody is signed in.
export default ({ signal }) => ({
  user: signal(null),
  token: async () => null,
  signIn: async () => { console.warn('No sign-in is set up: VOD_AUTH_CLIENT_ID in docs/deploying.md.'); },
  signOut: async () => {},
});
