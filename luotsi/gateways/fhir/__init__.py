"""HL7 FHIR R4 at the door: resources that other machines send and want, turned into ours and back. No client here."""
