package io.freshet.security;

import java.util.Optional;
import java.util.Set;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.credential.TokenCredential;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.smallrye.jwt.runtime.auth.JsonWebTokenCredential;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/**
 * Authenticates a request by the {@link Credentials} that it presents. It replaces the mechanism of the extension for tokens,
 * which would reject every API key as a malformed token, and could be configured to accept cookies.
 */
@Alternative
@Priority(1)
@ApplicationScoped
public class CredentialsMechanism implements HttpAuthenticationMechanism {

    private static final String API_KEY = "api-key";

    private final AccessMode accessMode;

    public CredentialsMechanism(AccessMode accessMode) {
        this.accessMode = accessMode;
    }

    /** Yields the caller's identity; null if the request presents no credentials, which makes it anonymous. */
    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identities) {
        if (accessMode.isOpen()) {
            return Uni.createFrom().item(Caller.LOCAL.identity());
        }
        Optional<Credentials> presented = Credentials.of(context.request());
        return presented.isEmpty() ? Uni.createFrom().nullItem()
                : identities.authenticate(new TokenAuthenticationRequest(credential(presented.get())))
                        // an unreadable credential must not become an internal error
                        .onFailure().transform(AuthenticationFailedException::new);
    }

    private TokenCredential credential(Credentials presented) {
        return accessMode.takesTokens() && presented.isToken() ? new JsonWebTokenCredential(presented.text())
                : new TokenCredential(presented.text(), API_KEY);
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of(TokenAuthenticationRequest.class);
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(Refusal.UNKNOWN.status(), "WWW-Authenticate", Refusal.CHALLENGE));
    }

    /** Challenges an anonymous client with a problem detail. */
    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        return Uni.createFrom().item(() -> {
            Refusal.UNKNOWN.answer(context, "anonymous");
            return true;
        });
    }
}
