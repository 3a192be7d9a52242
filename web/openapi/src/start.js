const { document: url, pathBase } = document.currentScript.dataset;

SwaggerUIBundle({
  url,
  dom_id: '#docs',
  deepLinking: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  // Nothing is asked of any other server.
  validatorUrl: null,
  withCredentials: true,
  requestInterceptor(request) {
    // The document's paths begin at the app, which may be below another path of the server.
    const address = new URL(request.url, location.href);
    if (pathBase && address.origin === location.origin && !address.pathname.startsWith(`${pathBase}/`)) {
      address.pathname = pathBase + address.pathname;
      request.url = address.href;
    }
    return request;
  },
});
