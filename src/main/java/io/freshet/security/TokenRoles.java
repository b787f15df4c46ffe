package io.freshet.security;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.smallrye.mutiny.Uni;

/**
 * Gives the owner of a verified token the role of its groups. The identity of the token is replaced rather than extended,
 * because its groups are roles to Quarkus: a group that happens to be called admin must not grant the role admin.
 */
@ApplicationScoped
public class TokenRoles implements SecurityIdentityAugmentor {

    private final SecurityConfig.Jwt config;

    public TokenRoles(SecurityConfig config) {
        this.config = config.jwt();
    }

    /** Fails with an {@link AuthenticationFailedException} if the groups of a token grant no role. */
    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        return identity.getPrincipal() instanceof JsonWebToken token
                ? Uni.createFrom().optional(caller(token).map(Caller::identity)).onItem().ifNull()
                        .failWith(() -> new AuthenticationFailedException("the groups of the token grant no role"))
                : Uni.createFrom().item(identity);
    }

    private Optional<Caller> caller(JsonWebToken token) {
        String name = token.getName();
        return role(token.getGroups()).map(role -> new Caller(name == null ? "token" : AuditLog.harmless(name), role,
                Optional.of(Instant.ofEpochSecond(token.getExpirationTime())), Optional.empty()));
    }

    private Optional<Role> role(@Nullable Set<String> groups) {
        if (groups == null) {
            return Optional.empty();
        }
        if (groups.contains(config.adminGroup())) {
            return Optional.of(Role.ADMIN);
        }
        if (groups.contains(config.operateGroup())) {
            return Optional.of(Role.OPERATE);
        }
        return groups.contains(config.readGroup()) ? Optional.of(Role.READ) : Optional.empty();
    }
}
