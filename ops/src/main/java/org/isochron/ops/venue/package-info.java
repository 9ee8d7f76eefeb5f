/**
 * A venue as its operator sees it while it runs: how clients reach it, where its nodes stand, and what it looks like once
 * it has stopped. Simulated traders, the feed and the view know nothing else of it, so they drive an embedded venue and
 * separate processes alike.
 */
package org.isochron.ops.venue;
