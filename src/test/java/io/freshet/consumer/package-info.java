/** Examples of services that consume what Freshet sends. The documentation shows them, and a test runs them. */
package io.freshet.consumer;
