/**
 * The gateway: where sessions end and the log begins.
 *
 * <p>Inwards it proves who a client is, checks what may be checked without the core's state (shape, role, account,
 * sequence number, rate) and forwards the client's bytes, unchanged, in an unstamped frame. Outwards it takes each private
 * event from whichever matcher brings it first, compares the second copy, and delivers it to the session and the drop
 * copies concerned. Session truth is the core's: a gateway that dies loses nothing but connections.
 *
 * <p>What a gateway answers itself (Busy, GatewayReject, NotApplied, heartbeats) is never sequenced and final for the
 * message concerned. One client's mistakes, slowness or silence touch that client alone.
 */
package org.isochron.sequencer.gateway;
