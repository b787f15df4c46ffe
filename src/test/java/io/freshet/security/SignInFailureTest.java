package io.freshet.security;

import static org.assertj.core.api.Assertions.assertThat;

import javax.security.auth.login.LoginException;

import org.junit.jupiter.api.Test;

class SignInFailureTest {

    @Test
    void theReasonIsTheFirstLineWithoutNamesOfClasses() {
        LoginException login = new LoginException("org.example.Outer: java.io.IOException: The response code 401\n\tat a.b.C");

        assertThat(SignInFailure.reason(new IllegalStateException("client", new IllegalStateException(login))))
                .hasValue("The response code 401");
    }

    @Test
    void otherFailuresAreNotAboutCredentials() {
        assertThat(SignInFailure.reason(new IllegalStateException("client"))).isEmpty();
    }
}
