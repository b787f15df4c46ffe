/**
 * Access control: keys and tokens, roles, origins, limits, outbound addresses, and the masking of secrets.
 *
 * <p>
 * Quarkus Security authenticates and authorises every request: {@link io.freshet.security.CredentialsMechanism} finds the
 * credentials, {@link io.freshet.security.ApiKeyProvider} and the provider of the extension for tokens verify them,
 * {@link io.freshet.security.TokenRoles} gives tokens their role, and {@link io.freshet.security.AccessPolicy} compares it with
 * the role that the request needs. What Quarkus has no equivalent for surrounds it: the store of hashed keys, origins and
 * hosts, sizes, times and rates of requests, the audit log, and problem details in place of empty responses
 * ({@link io.freshet.security.SecurityFilter}).
 */
@NullMarked
package io.freshet.security;

import org.jspecify.annotations.NullMarked;
