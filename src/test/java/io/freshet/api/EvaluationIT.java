package io.freshet.api;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** Runs the same tests against the packaged application: the fast-jar, or the native binary. */
@QuarkusIntegrationTest
class EvaluationIT extends EvaluationQuarkusTest {
}
