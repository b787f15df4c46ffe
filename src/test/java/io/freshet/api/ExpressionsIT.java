package io.freshet.api;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same from outside the packaged application: the fast-jar, or the native binary. */
@QuarkusIntegrationTest
class ExpressionsIT extends ExpressionsQuarkusTest {
}
