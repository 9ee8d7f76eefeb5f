package org.isochron.codecs.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import uk.co.real_logic.sbe.ir.Ir;
import uk.co.real_logic.sbe.ir.IrDecoder;
import uk.co.real_logic.sbe.ir.Token;

/** Every message of the venue, by template id and by name. Immutable; one instance, loaded at first use. */
public final class Schema {
    private static final List<String> PARTS = List.of("session", "orders", "marketdata", "admin");
    private static final Schema VENUE = load();

    private final int id;
    private final int version;
    private final Map<Integer, MessageSchema> byTemplateId = new TreeMap<>();
    private final Map<String, MessageSchema> byName = new LinkedHashMap<>();

    private Schema(final List<Ir> parts) {
        id = parts.get(0).id();
        version = parts.get(0).version();
        for (final Ir part : parts) {
            if (part.id() != id || part.version() != version) {
                throw new IllegalStateException("schema " + part.id() + " version " + part.version() + " beside schema "
                        + id + " version " + version + ": all parts must carry the same");
            }
            for (final List<Token> tokens : part.messages()) {
                final MessageSchema message = new TokenReader(tokens).message();
                byTemplateId.put(message.templateId(), message);
            }
        }
        byTemplateId.values().forEach(message -> byName.put(message.name(), message));
    }

    public static Schema venue() {
        return VENUE;
    }

    public int id() {
        return id;
    }

    public int version() {
        return version;
    }

    /** In order of template id. */
    public Collection<MessageSchema> messages() {
        return Collections.unmodifiableCollection(byTemplateId.values());
    }

    /** Null when there is none. */
    public MessageSchema message(final int templateId) {
        return byTemplateId.get(templateId);
    }

    /** Null when there is none. */
    public MessageSchema message(final String name) {
        return byName.get(name);
    }

    private static Schema load() {
        return new Schema(PARTS.stream().map(Schema::read).toList());
    }

    private static Ir read(final String part) {
        final String resource = "/org/isochron/codecs/ir/" + part + ".sbeir";
        try (InputStream in = Schema.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not on the class path: the build has not generated it");
            }
            try (IrDecoder decoder = new IrDecoder(ByteBuffer.wrap(in.readAllBytes()))) {
                return decoder.decode();
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }
}
