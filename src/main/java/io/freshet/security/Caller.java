package io.freshet.security;

import java.security.Principal;
import java.time.Instant;
import java.util.Optional;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;

/**
 * The authenticated client of a request, as the principal of its security identity.
 *
 * @param name the name of the key, or the subject of the token
 * @param until when the token expires; empty for a key
 * @param keyHash the hash of the key; empty for a token
 */
public record Caller(String name, Role role, Optional<Instant> until, Optional<String> keyHash) implements Principal {

    /** A client on this machine while no authentication is configured. */
    static final Caller LOCAL = new Caller("local", Role.ADMIN, Optional.empty(), Optional.empty());

    /** Returns the owner of a key as a caller. */
    static Caller of(ApiKey key) {
        return new Caller(key.name(), key.role(), Optional.empty(), Optional.of(key.hash()));
    }

    /** Returns the caller of a request, or empty if the request needed no role, so that its caller is not known. */
    static Optional<Caller> of(RoutingContext context) {
        return context.user() instanceof QuarkusHttpUser user ? of(user.getSecurityIdentity()) : Optional.empty();
    }

    /** Returns the caller with this identity, or empty if it is anonymous. */
    public static Optional<Caller> of(SecurityIdentity identity) {
        return identity.getPrincipal() instanceof Caller caller ? Optional.of(caller) : Optional.empty();
    }

    /** Returns an identity with the role of this caller and all roles that it includes. */
    SecurityIdentity identity() {
        return QuarkusSecurityIdentity.builder().setPrincipal(this).addRoles(role.included()).build();
    }

    @Override
    public String getName() {
        return name;
    }
}
