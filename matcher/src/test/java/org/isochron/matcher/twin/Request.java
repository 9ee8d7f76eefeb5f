package org.isochron.matcher.twin;

import org.agrona.DirectBuffer;

/** A sequenced request: who asks, under which number, and where its fields stand. */
record Request(Session session, long seqNum, int templateId, DirectBuffer buffer, int body) {}
