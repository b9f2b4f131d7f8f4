import { Field, Form, Formik } from "formik";
import { StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";
import { Controller, useForm } from "react-hook-form";

/** A field that only shows what its state says. */
function Controlled() {
  const [note, setNote] = useState("");
  return (
    <section>
      <label htmlFor="controlled">Controlled</label>
      <textarea id="controlled" rows={4} cols={50} value={note} onChange={(event) => setNote(event.target.value)} />
      <fsm-language for="controlled" />
      <output id="controlled-state">{note}</output>
      <button onClick={() => setNote("")}>Empty it</button>
    </section>
  );
}

function WithFormik() {
  const [sent, setSent] = useState("");
  return (
    <Formik initialValues={{ note: "" }} onSubmit={({ note }) => setSent(note)}>
      <Form>
        <label htmlFor="formik">Formik</label>
        <Field as="textarea" id="formik" name="note" rows={4} cols={50} />
        <fsm-language for="formik" />
        <button type="submit">Send with Formik</button>
        <output id="formik-state">{sent}</output>
      </Form>
    </Formik>
  );
}

function WithHookForm() {
  const { register, control, handleSubmit, reset } = useForm({ defaultValues: { note: "", more: "" } });
  const [sent, setSent] = useState("");
  return (
    <form onSubmit={handleSubmit((values) => setSent(JSON.stringify(values)))}>
      <label htmlFor="hooked">Registered</label>
      <textarea id="hooked" rows={4} cols={50} {...register("note")} />
      <fsm-language for="hooked" />
      <label htmlFor="more">With a controller</label>
      <Controller
        name="more"
        control={control}
        render={({ field }) => <textarea id="more" rows={4} cols={50} {...field} />}
      />
      <fsm-language for="more" />
      <button type="submit">Send with react-hook-form</button>
      <button type="button" onClick={() => reset()}>
        Start again
      </button>
      <output id="hooked-state">{sent}</output>
    </form>
  );
}

createRoot(document.querySelector("#root")).render(
  <StrictMode>
    <Controlled />
    <WithFormik />
    <WithHookForm />
  </StrictMode>,
);
