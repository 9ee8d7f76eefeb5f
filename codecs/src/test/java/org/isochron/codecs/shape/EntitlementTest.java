package org.isochron.codecs.shape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.isochron.codecs.Role;
import org.isochron.codecs.schema.MessageSchema;
import org.isochron.codecs.schema.Schema;
import org.junit.jupiter.api.Test;

class EntitlementTest {
    private static final Pattern ROLES = Pattern.compile("^\\[([A-Z_, ]+)]");

    @Test
    void shouldAllowExactlyTheRolesThatTheSchemaNamesInBrackets() {
        for (final MessageSchema message : Schema.venue().messages()) {
            final Set<Role> allowed = EnumSet.noneOf(Role.class);
            for (final Role role : Role.values()) {
                if (Entitlement.allows(role, message.templateId())) {
                    allowed.add(role);
                }
            }
            assertEquals(bracketed(message.description()), allowed, message.name());
        }
    }

    @Test
    void shouldLetEverySessionCommandCarryASeqNum() {
        for (final MessageSchema message : Schema.venue().messages()) {
            final boolean sendable = !bracketed(message.description()).isEmpty();
            assertEquals(sendable, SessionMessage.isNumbered(message.templateId()), message.name());
        }
    }

    @Test
    void shouldAllowNothingThatTheSchemaDoesNotHave() {
        for (int templateId = -1; templateId <= 0x10000; templateId++) {
            if (Schema.venue().message(templateId) == null) {
                for (final Role role : Role.values()) {
                    assertFalse(Entitlement.allows(role, templateId), role + " " + templateId);
                }
            }
        }
    }

    private static Set<Role> bracketed(final String description) {
        final Set<Role> roles = EnumSet.noneOf(Role.class);
        final Matcher matcher = ROLES.matcher(description);
        if (matcher.find()) {
            for (final String role : matcher.group(1).split(", ")) {
                roles.add(Role.valueOf(role));
            }
        }
        return roles;
    }
}
